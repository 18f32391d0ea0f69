/** Calls, in any of the languages, that delete or empty something, by their documented names. */
export const DESTROYS =
  /\b(rmtree|removedirs|rmdir(Sync)?|unlink(Sync)?|rm(Sync)?\s*\(|rm_rf?|rm_r\b|remove_entry|deleteTree|File\.delete|Dir\.delete|os\.remove|os\.truncate|ftruncate|truncate(Sync)?\s*\(|shred|wipe|format_disk|drop(Database|Collection|_database|_table)?\s*\(|delete(Many|One|_many|Index|All|Table|Bucket|Object|Stack)?\s*\(|\.unlink\b|FileUtils\.(rm|remove)|DROP\s+(TABLE|DATABASE)|DELETE\s+FROM|TRUNCATE\s+TABLE|rimraf|emptyDir|remove(Sync)?\s*\(|do\s+shell\s+script.*\brm\b)|\brm\s+-[a-zA-Z]*[rf]/i;

/** Calls that start another program or a shell, or make code of text. */
export const TALKS_TO_SHELL =
  /\b(system|popen\d?|spawn\w*|exec(Sync|File|FileSync|v|ve|vp|l|lp|le)?|fork|check_output|check_call|subprocess|child_process|execl\w*|shell_exec|passthru|proc_open|pcntl_exec|eval|compile|instance_eval|do\s+shell\s+script|Open3|IO\.popen|Process\.(spawn|exec)|pty|b64decode|atob|fromhex|pickle|marshal|ctypes|socket|__import__|importlib|getattr|Function)\b|qx[\W]|%x[\W]|`[^`]+`/;

/** Of these, the ones that hide what they run. */
export const RUNS_COMMANDS =
  /b64decode|atob|fromhex|eval|compile|pickle|marshal|ctypes|socket|__import__|getattr|Function/;

const LITERAL = String.raw`(?:'[^'\\]*'|"[^"\\]*"|[\d.]+)`;

/** Code of which every word is one that computes or prints. Anything else may do anything. */
export const ONLY_COMPUTES = {
  python:
    /^(?:\s|[;:,.()[\]{}+\-*/%<>=!]|'[^'\\]*'|"[^"\\{}]*"|\d[\d.e_]*|\b(?:import|from|as|print|len|sum|min|max|range|sorted|str|int|float|abs|round|list|dict|set|tuple|bool|repr|hex|bin|ord|chr|divmod|pow|enumerate|zip|True|False|None|for|in|if|else|and|or|not|is|math|json|datetime|sys|platform|version|version_info|executable|path|implementation|string|statistics|random|re|collections|itertools|sqrt|pi|e|floor|ceil|dumps|loads|now|today|date|isoformat|indent|sep|end|name|maxsize|byteorder|system_alias|python_version|machine|sin|cos|log|x|y|i|n|a|b)\b)*$/,
  node: new RegExp(
    `^\\s*(?:console\\.log\\s*\\(\\s*(?:${LITERAL}|process\\.(?:version|versions|platform|arch)|[\\d\\s+*/()%.-]+)?\\s*\\)|[\\d\\s+*/()%.-]+|process\\.(?:version|versions|platform|arch)|${LITERAL})\\s*;?\\s*$`,
  ),
  ruby: new RegExp(`^\\s*(?:puts|p|print)\\s*\\(?\\s*(?:${LITERAL}|RUBY_VERSION|[\\d\\s+*/()%.-]+)\\s*\\)?\\s*;?\\s*$`),
} as const;
