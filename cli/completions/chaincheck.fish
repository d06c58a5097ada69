# chaincheck(1) completion for fish

complete -c chaincheck -f
complete -c chaincheck -n __fish_use_subcommand -a check -d 'ask a server'
complete -c chaincheck -n __fish_use_subcommand -a verify -d 'the same for files'
complete -c chaincheck -n __fish_use_subcommand -a audit -d 'bundles before deployment'
complete -c chaincheck -n __fish_use_subcommand -a where -d 'which stores here trust a server'
complete -c chaincheck -n __fish_use_subcommand -a handshake -d 'how it goes, and which address differs'
complete -c chaincheck -n __fish_use_subcommand -a stores -d 'trust stores, or what one holds'
complete -c chaincheck -n __fish_use_subcommand -a diff -d 'two stores, by key'
complete -c chaincheck -n __fish_use_subcommand -a explain -d 'what a finding means'
complete -c chaincheck -n __fish_use_subcommand -a known -d 'public CAs'
complete -c chaincheck -n '__fish_seen_subcommand_from verify audit' -F
complete -c chaincheck -n '__fish_seen_subcommand_from stores diff' -F \
	-a 'system p11-kit file: dir: pkcs11:'
complete -c chaincheck -n '__fish_seen_subcommand_from explain' \
	-a '(chaincheck explain 2>/dev/null)'
complete -c chaincheck -l cacert -r -F \
	-d 'trust these certificates instead of the system'\''s'
complete -c chaincheck -l capath -r -F \
	-d 'trust the files of a directory instead'
complete -c chaincheck -l trust -x -a 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' \
	-d 'trust a store instead: system, jks:, nss:, pkcs11:...'
complete -c chaincheck -l known -r -F \
	-d 'the table of public CAs, to name what is missing'
complete -c chaincheck -l no-system \
	-d 'do not trust the system'\''s store'
complete -c chaincheck -l untrusted -r -F \
	-d 'intermediates the client has'
complete -c chaincheck -l other -x -a 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' \
	-d 'where to look for what is missing, never trusted'
complete -c chaincheck -l aia \
	-d 'fetch missing issuers where certificates say'
complete -c chaincheck -l phone-out \
	-d 'all that contacts third parties; today --aia'
complete -c chaincheck -l aia-allow -x \
	-d 'contact it though it is not public: 10.0.0.0/8'
complete -c chaincheck -l aia-timeout -x \
	-d 'for each fetch, 10 unless told'
complete -c chaincheck -l if-added -r -F \
	-d 'what if the store had these: said beside it'
complete -c chaincheck -l if-sent -r -F \
	-d '... if they had been sent; the verdict stays'
complete -c chaincheck -l crlfile -r -F \
	-d 'CRLs, PEM or DER; all of the path is checked'
complete -c chaincheck -l crl-check \
	-d 'only the leaf must be shown not to be revoked'
complete -c chaincheck -l crl-check-all \
	-d '... all certificates below the anchor'
complete -c chaincheck -l distrust -r -F \
	-d 'certificates that must not stand on a path'
complete -c chaincheck -l module -r -F \
	-d 'the PKCS#11 module for pkcs11: stores'
complete -c chaincheck -l pass -x -a 'pass: env: file: fd: stdin' \
	-d 'PIN or password: pass:TEXT, env:NAME or file:PATH'
complete -c chaincheck -l servername -x \
	-d 'the name to send (SNI)'
complete -c chaincheck -l noservername \
	-d 'send no name'
complete -c chaincheck -l no-probes \
	-d 'do not ask a failing server further'
complete -c chaincheck -l connect-to -x \
	-d 'connect to H2:P2 instead of H:P'
complete -c chaincheck -l resolve -x \
	-d 'the address to use for HOST:PORT'
complete -c chaincheck -l tls-min -x -a '1.0 1.1 1.2 1.3' \
	-d '1.0, 1.1, 1.2 or 1.3 at least'
complete -c chaincheck -l client -x -a 'all list java7 java8 java17 openssl3 gnutls curl wget git python node go chrome firefox safari android ios edge' \
	-d 'as java7, curl ... would fare; all, or list'
complete -c chaincheck -l tls-max -x -a '1.0 1.1 1.2 1.3' \
	-d '1.0, 1.1, 1.2 or 1.3 at most'
complete -c chaincheck -l priority -x \
	-d 'a GnuTLS priority string'
complete -c chaincheck -l connect-timeout -x \
	-d 'to connect, 10 unless told'
complete -c chaincheck -s m -l max-time -x \
	-d 'for a host in all, 30 unless told'
complete -c chaincheck -l as -x -a 'server ca-bundle keystore' \
	-d 'server, ca-bundle or keystore, whatever it seems'
complete -c chaincheck -l for -x -a 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' \
	-d 'the stores that must accept it: system, java:...'
complete -c chaincheck -l key -r -F \
	-d 'the private key of a server bundle, or pkcs11:...'
complete -c chaincheck -l split \
	-d 'audit --fix: body.pem, chain.pem in the folder of -o'
complete -c chaincheck -s w -l warning -x \
	-d 'warn of what ends sooner than this'
complete -c chaincheck -s c -l critical -x \
	-d 'call it an error when it ends sooner'
complete -c chaincheck -l verify-hostname -x \
	-d 'the name that the leaf must have'
complete -c chaincheck -l verify-ip -x \
	-d 'the IP address that the leaf must have'
complete -c chaincheck -l verify-email -x \
	-d 'the e-mail address that the leaf must have'
complete -c chaincheck -l attime -x \
	-d '2026-04-01T00:00:00Z, +90d or -12h instead of now'
complete -c chaincheck -l purpose -x -a 'tls-server tls-client email code-signing time-stamping ocsp-signing any' \
	-d 'tls-server unless told; serverAuth and the like'
complete -c chaincheck -l partial-chain \
	-d 'a trusted leaf needs no issuer, in any profile'
complete -c chaincheck -l pid -x -a '(__fish_complete_pids)' \
	-d 'the store that this running process uses, and why'
complete -c chaincheck -l root -r -F \
	-d 'find all stores of another root file system'
complete -c chaincheck -l in -r -F \
	-d 'find all stores below a folder'
complete -c chaincheck -l batch \
	-d 'questions on standard input, a JSON object a line'
complete -c chaincheck -l policy -x \
	-d 'a certificate policy that will do; any unless told'
complete -c chaincheck -l explicit-policy \
	-d 'the path must be valid for a policy'
complete -c chaincheck -l inhibit-mapping \
	-d 'policies are not mapped'
complete -c chaincheck -l inhibit-any \
	-d 'anyPolicy stands for no policy'
complete -c chaincheck -l profile -x -a 'web rfc5280 baseline legacy java openssl openssl-strict gnutls git wget go chromium firefox' \
	-d 'web unless told, rfc5280, baseline, java, go ...'
complete -c chaincheck -l strength -x -a 'legacy java low medium high' \
	-d 'of keys and signatures: legacy, low, medium, high'
complete -c chaincheck -l max-depth -x \
	-d 'intermediates at most, 16 unless told'
complete -c chaincheck -l format -x -a 'text json jsonl csv pem' \
	-d 'text, json, jsonl; of stores csv and pem'
complete -c chaincheck -s o -l output -r -F \
	-d 'write there, whole or not at all'
complete -c chaincheck -l fix -x -a '(__fish_complete_directories)' \
	-d 'write the mended chain, missing root and lines'
complete -c chaincheck -s q -l quiet \
	-d 'the verdict in one sentence, no report'
complete -c chaincheck -s v -l verbose \
	-d 'more: what was rejected; twice: all evidence'
complete -c chaincheck -l color -x -a 'auto always never' \
	-d 'auto, always or never'
complete -c chaincheck -l fail-on -x -a 'warning' \
	-d 'warning: exit with 4 where there are warnings only'
complete -c chaincheck -s h -l help \
	-d 'this'
complete -c chaincheck -l version \
	-d 'the version of the command and the library'
