import type { Programs } from '../program.ts';
import { ssh } from '../special/remote.ts';
import { mail, netcat, scp, socat } from '../special/sockets.ts';
import { curl, httpie, wget } from '../special/transfer.ts';
import { ip } from '../special/ip.ts';

const FIREWALL_LOSES = '-F --flush -X --delete-chain -D --delete -Z --zero -P --policy -R --replace';

/** Connections, transfers, and the set-up of the network. */
export const NETWORK: Programs = {
  curl: { special: curl },
  'wget wget2': { special: wget },
  'http https xh xhs httpie': { special: httpie },
  'ssh autossh slogin dbclient': { special: ssh },
  'mosh et': { otherwise: 'run' },
  scp: { special: scp },
  'nc netcat ncat nc.openbsd nc.traditional telnet': { special: netcat },
  socat: { special: socat },
  'sftp ftp tftp': { otherwise: 'blind' },
  'aria2c axel yt-dlp youtube-dl gallery-dl httrack': {
    otherwise: 'write',
    also: [{ has: '--exec --on-download-complete --on-download-start --downloader', is: 'run' }],
    instead: [{ has: '-F -j -J --list-formats --dump-json --simulate -s', is: 'rehearse' }],
  },
  'dig nslookup host drill kdig delv doggo whois resolveip': { otherwise: 'fetch', reads: '-f' },
  'ping ping6 fping arping traceroute traceroute6 tracepath tracert mtr pathping speedtest speedtest-cli fast': {
    otherwise: 'fetch',
    also: [{ has: '-f', is: 'run' }],
  },
  'netstat ss nethogs iftop bmon nload vnstat sockstat ipcalc sipcalc whatportis ifstat': {
    otherwise: 'look',
    also: [{ has: '-K --kill --remove --delete', is: 'disrupt' }],
  },
  'nmap masscan rustscan zmap nikto sqlmap hydra medusa john hashcat gobuster ffuf dirb wfuzz metasploit msfconsole msfvenom aircrack-ng responder bettercap ettercap arpspoof mimikatz hping3 wpscan nuclei':
    {
      otherwise: 'run',
      instead: [{ has: '-sL', is: 'look' }],
    },
  'tcpdump tshark wireshark dumpcap ngrep': {
    otherwise: 'look',
    valued: '-i -c -s -r -f -Y -T -e -d -C -G -W -m -E',
    writes: '-w',
    runs: '-z --postrotate-command',
  },
  ip: { special: ip },
  ifconfig: {
    otherwise: 'disrupt',
    special: (call) =>
      call.args.length <= 1 || (call.args.length === 2 && /^-[asv]$/.test(call.args[0]?.text ?? ''))
        ? [{ effect: 'look', at: call.at, says: '"ifconfig" only looks' }]
        : undefined,
  },
  ifup: { otherwise: 'admin' },
  ifdown: { otherwise: 'disrupt' },
  'route arp': {
    otherwise: 'look',
    does: { disrupt: 'del, delete, flush, change', admin: 'add', look: 'get, print, show, monitor' },
    longDash: true,
    also: [{ has: '-d -f -s --delete --set', is: 'disrupt' }],
    instead: [{ has: '-n -a -e -an -ee -v', lacks: '-d -s -f', is: 'look' }],
  },
  'brctl bridge tc iw iwconfig iwlist ethtool wpa_cli rfkill nmtui': {
    otherwise: 'disrupt',
    alone: 'look',
    does: {
      look: 'show, showmacs, showstp, dev $, list, status, scan_results, event, help, link show, qdisc show, class show, filter show, fdb show, vlan show, mdb show, phy $, reg get',
    },
    instead: [
      {
        has: '-i -k -S -g -a -c -l -d -T -x -m -P --driver --show-features --show-ring',
        lacks: '-s -K -G -A -C -E -f -p',
        is: 'look',
      },
    ],
  },
  nmcli: {
    alone: 'look',
    verbs: true,
    groups: 'general networking radio connection device monitor g n r c d',
    valued: '-f -g -m -c -e -w --fields --get-values --mode',
    does: {
      look: 'general $, networking $, radio $, connection $, device $, connection show, device status, device show, device wifi, device wifi list, general status, general hostname, general permissions, monitor, c $, d $, con show, dev status, dev show, dev wifi list, radio wifi, radio all, networking connectivity, con $, dev $, c show, d show, g $',
      disrupt:
        'networking off, radio wifi off, radio all off, connection down, con down, c down, device disconnect, dev disconnect, connection reload, d disconnect, connection modify, con mod, con modify, device modify',
      admin:
        'networking on, radio wifi on, connection up, con up, device connect, device wifi connect, connection add, con add, dev wifi connect',
    },
  },
  'iptables ip6tables ebtables arptables iptables-legacy iptables-nft ip6tables-legacy': {
    otherwise: 'disrupt',
    valued: '-t -A -I -p -s -d -i -o -j -m --dport --sport --table',
    instead: [{ has: '-L --list -S --list-rules -C --check', lacks: FIREWALL_LOSES, is: 'look' }],
  },
  'iptables-save ip6tables-save ipset-list': { otherwise: 'look', writes: '-f --file' },
  'iptables-restore ip6tables-restore ipset nft pfctl ipfw': {
    otherwise: 'disrupt',
    does: {
      look: 'list, list ruleset, list tables, list table, list chain, list chains, list set, list sets, show, test, monitor, describe',
    },
    instead: [{ has: '-s -n -c --check --test -S -L -sr', lacks: '-f -F -d -e -D -X', is: 'look' }],
  },
  ufw: {
    otherwise: 'disrupt',
    does: {
      look: 'status, version, show, app list, app info',
      disrupt: 'disable, reset, delete, enable, deny, allow, default, reload, limit, reject, insert, route, logging',
    },
    instead: [{ has: '--dry-run', is: 'rehearse' }],
  },
  'firewall-cmd firewall-offline-cmd': {
    otherwise: 'disrupt',
    instead: [
      {
        has: '--state --list-all --list-ports --list-services --get-zones --get-active-zones --get-default-zone --list-all-zones --get-services --list-rich-rules --query-port --query-service --info-zone --info-service --get-zone-of-interface --list-interfaces --list-sources --query-masquerade --get-log-denied --check-config',
        is: 'look',
      },
    ],
  },
  'fail2ban-client csf crowdsec cscli': {
    otherwise: 'disrupt',
    does: {
      look: 'status, ping, version, get, banned, decisions list, alerts list, metrics, hub list, bouncers list, machines list',
    },
  },
  'openvpn wg-quick wireguard ipsec strongswan tailscaled openconnect vpnc': {
    otherwise: 'disrupt',
    does: { look: 'status, statusall, listall, version' },
  },
  wg: {
    otherwise: 'disrupt',
    alone: 'look',
    does: { look: 'show', secret: 'showconf, genkey, genpsk', write: 'pubkey' },
  },
  tailscale: {
    does: {
      look: 'status, ip, netcheck, ping, version, whois, exit-node list, dns status, metrics, licenses',
      disrupt: 'down, logout, up, set, login, switch, update, lock, cert',
      run: 'ssh, nc, serve, funnel, web',
      send: 'file cp',
    },
  },
  'ngrok cloudflared localtunnel lt bore frpc chisel zrok pagekite': {
    otherwise: 'send',
    does: {
      look: 'version, config check, diagnose, tunnel list, tunnel info, tunnel ingress validate, help',
      lose: 'tunnel delete, tunnel cleanup, tunnel route ip delete, service uninstall, api tunnels delete, tunnel vnet delete',
      leak: 'http, tcp, tunnel, start, client, tls',
      disrupt: 'update, service install, tunnel route dns, tunnel route ip add',
    },
  },
  'nsupdate rndc knotc pdnsutil dnscontrol octodns-sync': {
    otherwise: 'disrupt',
    does: {
      look: 'status, preview, check, zonestatus, list-zone, list-all-zones, show-zone, check-zone, zone-status, zone-read',
    },
    instead: [{ has: '-V', is: 'look' }],
  },
  'nginx apachectl apache2ctl httpd caddy haproxy traefik envoy varnishadm squid lighttpd': {
    otherwise: 'run',
    does: {
      look: 'configtest, status, fullstatus, version, adapt, list-modules, validate, environ, healthcheck, ban.list, vcl.list, vcl.show, param.show, build-info',
      disrupt: 'stop, restart, reload, graceful, graceful-stop, ban, vcl.discard, ban.url, panic.clear',
      write: 'fmt, hash-password',
    },
    instead: [{ has: '-t -T -v -V -M -S -c -vv -k=parse -l -L', lacks: '-s -d -D -sf -st', is: 'look' }],
    also: [{ has: '-s -k -sf -st', is: 'disrupt' }],
    longDash: true,
    valued: '-s -k -f -g -p',
  },
  'mail mailx sendmail mutt msmtp swaks s-nail': { otherwise: 'send', special: mail },
  'postsuper postqueue exim exim4 mailq': {
    otherwise: 'disrupt',
    alone: 'look',
    instead: [{ has: '-p -bp -j -bpc', is: 'look' }],
    also: [{ has: '-d -Mrm', is: 'lose' }],
    longDash: true,
  },
  'snmpget snmpwalk snmpbulkwalk ldapsearch ldapwhoami showmount rpcinfo nbtscan smbstatus avahi-browse': {
    otherwise: 'fetch',
  },
  'snmpset ldapmodify ldapadd ldappasswd ldapmodrdn': { otherwise: 'disrupt' },
  ldapdelete: { otherwise: 'lose' },
  'ssh-keygen': {
    otherwise: 'overwrite',
    valued: '-f -t -b -C -N -P -m -I -n -O -V -s -z -E -r -R -F',
    instead: [{ has: '-l -B -F -L -Q -D -y', lacks: '-R -A -p', is: 'look' }],
  },
  'ssh-keyscan': { otherwise: 'fetch' },
  'ssh-add': {
    otherwise: 'admin',
    instead: [{ has: '-l -L', is: 'look' }],
    also: [{ has: '-d -D -x -X -e', is: 'disrupt' }],
  },
  'ssh-agent': { otherwise: 'run', also: [{ has: '-k', is: 'disrupt' }] },
  'ssh-copy-id': { otherwise: 'leak' },
  openssl: {
    valued:
      '-in -out -connect -servername -CAfile -CApath -cert -key -days -subj -config -passin -passout -inform -outform -pass -k -K -iv -md -starttls',
    longDash: true,
    writes: '-out -keyout -CAserial -writerand -sess_out -keylogfile',
    reads: '-key -inkey',
    does: {
      look: 'version, ciphers, dgst, md5, sha1, sha256, sha512, sha384, list, errstr, speed, prime, asn1parse, verify, x509, crl, help, passwd, enc, base64, s_time, ocsp, storeutl, crl2pkcs7, pkeyparam, dhparam, ecparam, info, spkac, nseq, sess_id, req, pkcs7',
      fetch: 's_client',
      secret: 'rsa, ec, pkey, pkcs12, pkcs8, genrsa, genpkey, gendsa, dsa, kdf',
      write: 'ca, srp, ts, cms, smime, rehash, pkeyutl, rsautl, mac',
      run: 'rand, s_server, engine',
    },
    instead: [
      { on: 'rsa, ec, pkey, dsa', has: '-pubout -pubin -text_pub', lacks: '-text', is: 'look' },
      { on: 'rsa, ec, pkey, dsa, pkcs12', has: '-noout -check', lacks: '-text', is: 'look' },
      { on: 'enc', has: '-d', is: 'look' },
      { on: 'req', has: '-new -newkey -x509', is: 'write' },
      { on: 'rand', has: '-writerand', is: 'write' },
    ],
  },
  'gpg gpg2 gpgv age sops pass gopass bw op lpass keybase step certbot mkcert cfssl acme.sh': {
    otherwise: 'run',
    verbs: true,
    groups: 'item vault user group account document certificate key',
    does: {
      look: 'ls, list, find, grep, search, certificate inspect, certificate verify, certificates, version, status, item list, vault list, user list, whoami, account list, certinfo, info, help, certificate fingerprint, renew --dry-run, ca health, id, follow',
      secret:
        'show, get, read, item get, document get, decrypt, exec-env, otp, inject, run, -d, certificate key, export, user get',
      write: 'insert, generate, init, encrypt, edit, publish, add, ssh, issue, sign, certonly, new-account, install',
      lose: 'rm, remove, delete, item delete, vault delete, trash, purge, ca revoke, unregister, rmdir, document delete, user delete',
      disrupt: 'renew, rotate, updatekeys, revoke, lock, logout, git, enhance, rollback, reconfigure',
    },
    instead: [
      {
        has: '--list-keys -k --list-public-keys --fingerprint --list-sigs --check-sigs --verify --list-secret-keys -K --list-packets --show-keys --list-config --print-md --card-status --gpgconf-list --list-options --list-signatures',
        lacks: '--delete-keys --delete-secret-keys',
        is: 'look',
      },
      { has: '--export-secret-keys --export-secret-subkeys -d --decrypt', is: 'secret' },
    ],
    also: [
      {
        has: '--delete-keys --delete-key --delete-secret-keys --delete-secret-key --delete-secret-and-public-key --delete-secret-and-public-keys',
        is: 'lose',
      },
      {
        has: '--gen-revoke --generate-revocation --quick-revoke-uid --quick-revoke-key --revoke --uninstall',
        is: 'disrupt',
      },
      { has: '--send-keys --refresh-keys --recv-keys --keyserver', is: 'send' },
    ],
  },
};
