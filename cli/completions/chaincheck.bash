# chaincheck(1) completion for bash

_chaincheck_options='--cacert --capath --known --pid --trust --no-system --untrusted --other --distrust
	--if-added --if-sent
	--aia --phone-out --aia-allow --aia-timeout
	--module --pass --servername --noservername --no-probes --connect-to
	--resolve --client
	--tls-min --tls-max --priority --connect-timeout --max-time
	--as --for --key --split --warning --critical
	--verify-hostname --verify-ip --verify-email --attime --purpose
	--partial-chain --batch --root --in --crlfile --crl-check --crl-check-all
	--policy --explicit-policy --inhibit-mapping --inhibit-any --profile --strength --max-depth --format --output --fix --quiet --verbose
	--color --fail-on --help --version'

_chaincheck()
{
	local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}

	COMPREPLY=()
	case $before in
	--cacert | --crlfile | --distrust | --if-added | --if-sent | --known | --module | --output | --untrusted | -o)
		COMPREPLY=($(compgen -f -- "$current"))
		return ;;
	--capath | --fix | --root | --in)
		COMPREPLY=($(compgen -d -- "$current"))
		return ;;
	--profile)
		COMPREPLY=($(compgen -W 'web rfc5280 baseline legacy java openssl openssl-strict gnutls git wget go chromium firefox' \
			-- "$current"))
		return ;;
	--strength)
		COMPREPLY=($(compgen -W 'legacy java low medium high' -- "$current"))
		return ;;
	--format)
		COMPREPLY=($(compgen -W 'text json jsonl csv pem' -- "$current"))
		return ;;
	--client)
		COMPREPLY=($(compgen -W "all list $(chaincheck handshake --client list 2>/dev/null | sed -n 's/^  \([^ ]*\) .*/\1/p')" -- "$current"))
		return ;;
	--as)
		COMPREPLY=($(compgen -W 'server ca-bundle keystore' \
			-- "$current"))
		return ;;
	--for)
		COMPREPLY=($(compgen -W 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' -- "$current"))
		return ;;
	--color)
		COMPREPLY=($(compgen -W 'auto always never' -- "$current"))
		return ;;
	--fail-on)
		COMPREPLY=($(compgen -W 'warning' -- "$current"))
		return ;;
	--tls-min)
		COMPREPLY=($(compgen -W '1.0 1.1 1.2 1.3' -- "$current"))
		return ;;
	--tls-max)
		COMPREPLY=($(compgen -W '1.0 1.1 1.2 1.3' -- "$current"))
		return ;;
	--purpose)
		COMPREPLY=($(compgen -W 'tls-server tls-client email code-signing time-stamping ocsp-signing any' -- "$current"))
		return ;;
	--trust)
		COMPREPLY=($(compgen -W 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' -- "$current"))
		return ;;
	--other)
		COMPREPLY=($(compgen -W 'system p11-kit file: dir: jks: p12: java nss: nss-module: pkcs11:' -- "$current"))
		return ;;
	--pass)
		COMPREPLY=($(compgen -W 'pass: env: file: fd: stdin' -- "$current"))
		return ;;
	explain)
		COMPREPLY=($(compgen -W "$(chaincheck explain 2>/dev/null)" -- \
			"$current"))
		return ;;
	esac
	case $current in
	-*)
		COMPREPLY=($(compgen -W "$_chaincheck_options" -- "$current")) ;;
	*)
		if [ "$COMP_CWORD" = 1 ]; then
			COMPREPLY=($(compgen -A hostname -W 'check verify audit where handshake stores diff explain known' \
				-- "$current"))
		elif [ "${COMP_WORDS[1]}" = verify ] ||
			[ "${COMP_WORDS[1]}" = audit ]; then
			COMPREPLY=($(compgen -f -- "$current"))
		elif [ "${COMP_WORDS[1]}" = stores ] ||
			[ "${COMP_WORDS[1]}" = diff ]; then
			COMPREPLY=($(compgen -f -W 'system p11-kit file: dir: pkcs11:' \
				-- "$current"))
		else
			COMPREPLY=($(compgen -A hostname -- "$current"))
		fi ;;
	esac
}
complete -o filenames -F _chaincheck chaincheck
