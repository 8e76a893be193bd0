using System.CommandLine;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Cli.Options;

/// <summary>How a command proves who calls, and which servers it trusts; by default from the environment.</summary>
/// <param name="context">Reads the environment variables.</param>
internal sealed class CredentialOptions(CliContext context)
{
    /// <summary>API key. There is no option for it: other users of the machine see the command line of a process.</summary>
    public const string KeyVariable = "TOPICGRPC_API_KEY";

    private const string KeyFileVariable = "TOPICGRPC_API_KEY_FILE";
    private const string TokenFileVariable = "TOPICGRPC_TOKEN_FILE";
    private const string CaVariable = "TOPICGRPC_CA_FILE";
    private const string CertificateVariable = "TOPICGRPC_CLIENT_CERT";
    private const string CertificateKeyVariable = "TOPICGRPC_CLIENT_KEY";

    private readonly Option<string?> _keyFile = new("--key-file")
    {
        Description = $"File with an API key. Default: the variable {KeyVariable}, otherwise the file of {KeyFileVariable}, "
            + "otherwise no key.",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "File with a token of an identity provider, read again when the server rejects the token. Default: the file of "
            + $"{TokenFileVariable}, unless a key is given, otherwise no token.",
    };

    private readonly Option<string?> _ca = new("--ca-file")
    {
        Description = $"PEM file with the authorities of the server's certificate. Default: {CaVariable}, otherwise those of the system.",
    };

    private readonly Option<string?> _certificate = new("--client-cert")
    {
        Description = $"PEM file with a client certificate. Default: {CertificateVariable}, otherwise no certificate.",
    };

    private readonly Option<string?> _certificateKey = new("--client-key")
    {
        Description = $"PEM file with its key. Default: {CertificateKeyVariable}, otherwise the file of --client-cert.",
    };

    public void AddTo(Command command)
    {
        command.Add(_keyFile);
        command.Add(_tokenFile);
        command.Add(_ca);
        command.Add(_certificate);
        command.Add(_certificateKey);
    }

    /// <summary>Returns what configures a client.</summary>
    public Action<TopicGrpcClientOptions> Read(ParseResult parsed)
    {
        // An option is stronger than every variable.
        string? keyFile = parsed.GetValue(_keyFile);
        string? tokenFile = parsed.GetValue(_tokenFile);
        string? key = keyFile is null && tokenFile is null ? Variable(KeyVariable) : null;
        keyFile ??= key is null && tokenFile is null ? Variable(KeyFileVariable) : null;
        tokenFile ??= key is null && keyFile is null ? Variable(TokenFileVariable) : null;
        string? ca = parsed.GetValue(_ca) ?? Variable(CaVariable);
        string? certificate = parsed.GetValue(_certificate) ?? Variable(CertificateVariable);
        string? certificateKey = parsed.GetValue(_certificateKey) ?? Variable(CertificateKeyVariable);
        return options =>
        {
            options.ApiKey = key;
            options.ApiKeyFile = keyFile;
            options.TokenFile = tokenFile;
            options.CaFile = ca;
            options.ClientCertificateFile = certificate;
            options.ClientKeyFile = certificateKey;
        };
    }

    private string? Variable(string name) => context.Variable(name) is { Length: > 0 } value ? value : null;
}
