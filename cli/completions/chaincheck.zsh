#compdef chaincheck
# chaincheck(1) completion for zsh

_chaincheck_rest() {
	case $words[2] in
	verify | audit) _files ;;
	stores | diff)
		compadd -- system p11-kit file: dir: pkcs11:
		_files ;;
	explain) compadd -- ${(f)"$(chaincheck explain 2>/dev/null)"} ;;
	*) _hosts ;;
	esac
}

_arguments -s \
	'*--cacert[trust these certificates instead of the system'\''s]:file:_files' \
	'*--capath[trust the files of a directory instead]:dir:_files -/' \
	'*--trust[trust a store instead\: system, jks\:, nss\:, pkcs11\:...]:trust:(system p11-kit file\: dir\: jks\: p12\: java nss\: nss-module\: pkcs11\:)' \
	'--no-system[do not trust the system'\''s store]' \
	'*--untrusted[intermediates the client has]:file:_files' \
	'*--other[where to look for what is missing, never trusted]:other:(system p11-kit file\: dir\: jks\: p12\: java nss\: nss-module\: pkcs11\:)' \
	'--known[the table of public CAs, to name what is missing]:file:_files' \
	'*--distrust[certificates that must not stand on a path]:file:_files' \
	'*--if-added[what if the store had these\: said beside it]:file:_files' \
	'*--if-sent[... if they had been sent; the verdict stays]:file:_files' \
	'*--crlfile[CRLs, PEM or DER; all of the path is checked]:file:_files' \
	'--crl-check[only the leaf must be shown not to be revoked]' \
	'--crl-check-all[... all certificates below the anchor]' \
	'--aia[fetch missing issuers where certificates say]' \
	'--phone-out[all that contacts third parties; today --aia]' \
	'*--aia-allow[contact it though it is not public\: 10.0.0.0/8]:network: ' \
	'--aia-timeout[for each fetch, 10 unless told]:seconds: ' \
	'*'{-E,--cert}"[the client's certificate, where it is asked for]:file:_files" \
	'*--key[its private key, where it is not in the same file]:file:_files' \
	'--module[the PKCS#11 module for pkcs11\:]:path:_files' \
	'--pass[PIN or password\: pass\:TEXT, env\:NAME or file\:PATH]:pass:(pass\: env\: file\: fd\: stdin)' \
	'--starttls[what comes before TLS]:protocol:(smtp submission lmtp imap pop3 ftp ldap xmpp xmpp-server nntp sieve postgres mysql irc rdp tds)' \
	'(-x --proxy)'{-x,--proxy}'[connect through a proxy]:url: ' \
	'(-U --proxy-user)'{-U,--proxy-user}'[name and password for the proxy]:name and password: ' \
	'--servername[the name to send (SNI)]:name: ' \
	'--noservername[send no name]' \
	'--no-probes[do not ask a failing server further]' \
	'*--connect-to[connect to H2\:P2 instead of H1\:P1]:h1: ' \
	'*--resolve[the address to use for HOST\:PORT]:host: ' \
	'--tls-min[1.0, 1.1, 1.2 or 1.3 at least]:tls-min:(1.0 1.1 1.2 1.3)' \
	'--client[as java7, here, ... would fare; all, or list]:client:(all list java7 java8 java17 openssl3 gnutls curl wget git python node go chrome firefox safari android ios edge)' \
	'--tls-max[1.0, 1.1, 1.2 or 1.3 at most]:tls-max:(1.0 1.1 1.2 1.3)' \
	'--priority[a GnuTLS priority string]:string: ' \
	'--connect-timeout[to connect, 10 unless told]:seconds: ' \
	'--max-time[for a host in all, 30 unless told]:seconds: ' \
	'-m[for a host in all, 30 unless told]:seconds: ' \
	'--verify-hostname[the name that the leaf must have]:name: ' \
	'--verify-ip[the IP address that the leaf must have]:address: ' \
	'--verify-email[the e-mail address that the leaf must have]:address: ' \
	'--attime[2026-04-01T00\:00\:00Z, +90d or -12h instead of now]:time: ' \
	'--purpose[tls-server unless told; serverAuth and the like]:purpose:(tls-server tls-client email code-signing time-stamping ocsp-signing any)' \
	'--partial-chain[a trusted leaf needs no issuer, in any profile]' \
	'--pid[the store that this running process uses, and why]:pid:_pids' \
	'--root[stores, clients of another root file system]:dir:_files -/' \
	'--in[find all stores below a folder]:dir:_files -/' \
	'--batch[questions on standard input, a JSON object a line]' \
	'*--policy[a certificate policy that will do; any unless told]:oid: ' \
	'--explicit-policy[the path must be valid for a policy]' \
	'--inhibit-mapping[policies are not mapped]' \
	'--inhibit-any[anyPolicy stands for no policy]' \
	'--profile[web unless told, rfc5280, baseline, java, go ...]:profile:(web rfc5280 baseline legacy java openssl openssl-strict gnutls git wget go chromium firefox)' \
	'--strength[of keys and signatures\: legacy, low, medium, high]:level:(legacy java low medium high)' \
	'--max-depth[intermediates at most, 16 unless told]:n: ' \
	'--as[server, ca-bundle or keystore, whatever it seems]:as:(server ca-bundle keystore)' \
	'*--for[who must accept it\: system, java\:..., android7]:for:(system p11-kit file\: dir\: jks\: p12\: java nss\: nss-module\: pkcs11\:)' \
	'--baseline[accept the findings it has, each until its day]:file:_files' \
	'--write-baseline[... write those found now, for 90 days]:file:_files' \
	'--each[each certificate by itself, a million if need be]' \
	'--jobs[threads of --each, one a processor unless told]:n: ' \
	'-j[threads of --each, one a processor unless told]:n: ' \
	'--key[the private key of a server bundle, or pkcs11\:...]:file:_files' \
	'--split[audit --fix: body.pem, chain.pem in the folder of -o]' \
	'--targets[hosts, or files of their chains, one a line]:file:_files' \
	'--least[the least anchors of a bundle that serve them]' \
	'--warning[warn of what ends sooner than this]:days: ' \
	'-w[warn of what ends sooner than this]:days: ' \
	'--critical[call it an error when it ends sooner]:days: ' \
	'-c[call it an error when it ends sooner]:days: ' \
	'--format[text, json, jsonl, sarif, junit; of stores csv and pem]:format:(text json jsonl sarif junit csv pem)' \
	'--output[write there, whole or not at all]:file:_files' \
	'-o[write there, whole or not at all]:file:_files' \
	'--fix[write the mended chain, missing root and lines]:dir:_files -/' \
	'--quiet[the verdict in one sentence, no report]' \
	'-q[the verdict in one sentence, no report]' \
	'--verbose[more\: what was rejected; twice\: all evidence]' \
	'-v[more\: what was rejected; twice\: all evidence]' \
	'--color[auto, always or never]:color:(auto always never)' \
	'--fail-on[warning\: exit with 4 where there are warnings only]:fail-on:(warning)' \
	'--help[this]' \
	'-h[this]' \
	'--version[the version of the command and the library]' \
	'1: :(check verify audit where handshake stores diff explain known)' \
	'*: :_chaincheck_rest'
