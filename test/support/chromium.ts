/** The Chromium that tests drive, or undefined when there is none (the setup has said so). */
export function testChromium(): string | undefined {
  const path = process.env['GATEHOUSE_TEST_CHROMIUM'];
  return path === undefined || path === '' ? undefined : path;
}

/** `describe` where Chromium is there, `describe.skip` where it is not. With CI set, the setup fails instead. */
export const describeWithChromium: jest.Describe = testChromium() === undefined ? describe.skip : describe;
