using System.CommandLine;
using System.Globalization;

namespace TopicGrpc.Cli.Options;

/// <summary>Options of a server's ports and certificates.</summary>
internal sealed class TransportOptions
{
    private readonly Option<int?> _httpPort = new("--http-port")
    {
        CustomParser = static result => NumberParsing.Whole<int>(result),
        Description = "TCP port for HTTP/1.1 without TLS, 0 to 65535; 0 means any free port. Default: no such "
            + "port; with TLS, --port serves HTTP/1.1 too.",
    };

    private readonly Option<string?> _certificate = new("--tls-cert")
    {
        Description = "Certificate and intermediate certificates as a PEM file, or a PFX file. Default: no TLS.",
    };

    private readonly Option<string?> _key = new("--tls-key")
    {
        Description = "Private key as a PEM file. Default: in the file of --tls-cert.",
    };

    private readonly Option<string?> _password = new("--tls-password-file")
    {
        Description = "File with the password of the PFX file or of the encrypted key. Default: no password.",
    };

    private readonly Option<string?> _clientAuthorities = new("--tls-client-ca")
    {
        Description = "PEM file with authorities; connections then need a client certificate of one of them. "
            + "Default: clients need no certificate.",
    };

    private readonly Option<bool> _allowInsecure = new("--allow-insecure")
    {
        Description = "Serve other addresses than loopback without TLS or without authentication, for example behind a proxy.",
    };

    public void AddTo(Command command)
    {
        command.Add(_httpPort);
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_password);
        command.Add(_clientAuthorities);
        command.Add(_allowInsecure);
    }

    /// <summary>Returns the server's options that are given.</summary>
    public Dictionary<string, string?> Read(ParseResult parsed)
    {
        string? clientAuthorities = parsed.GetValue(_clientAuthorities);
        Dictionary<string, string?> all = new()
        {
            ["Server:HttpPort"] = parsed.GetValue(_httpPort)?.ToString(CultureInfo.InvariantCulture),
            ["Server:Tls:CertificateFile"] = parsed.GetValue(_certificate),
            ["Server:Tls:KeyFile"] = parsed.GetValue(_key),
            ["Server:Tls:PasswordFile"] = parsed.GetValue(_password),
            ["Server:Tls:ClientCaFile"] = clientAuthorities,
            ["Server:Tls:ClientCertificates"] = clientAuthorities is null ? null : "Require",
            ["Server:AllowInsecure"] = parsed.GetValue(_allowInsecure) ? "true" : null,
        };
        return all.Where(static option => option.Value is not null).ToDictionary();
    }
}
