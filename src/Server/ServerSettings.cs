using System.Globalization;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server;

/// <summary>
/// Settings of a server that runs inside another process, without a settings file. Null keeps the value of <c>appsettings.json</c>.
/// </summary>
public sealed record ServerSettings
{
    /// <summary>Data folder; <c>Storage:Directory</c>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>IP address to listen on; <c>Server:Address</c>.</summary>
    public string? Address { get; init; }

    /// <summary>TCP port; <c>Server:Port</c>. Default 0: any free port, see <see cref="ServerHost.Address"/>.</summary>
    public int Port { get; init; }

    /// <summary>
    /// URL to listen on instead of <see cref="Address"/> and <see cref="Port"/>: an IP address and a port. <c>https</c> needs
    /// <c>Server:Tls:CertificateFile</c>.
    /// </summary>
    public string? Urls { get; init; }

    /// <summary>Folder of the encoder; <c>Embedding:Directory</c>.</summary>
    public string? EncoderDirectory { get; init; }

    /// <summary><c>full</c> or <c>fast</c>; <c>Embedding:Precision</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>Whether clients can read the contract by reflection; <c>Server:Reflection</c>.</summary>
    public bool? Reflection { get; init; }

    /// <summary>Any other option by its full name, for example <c>Fits:MaxQueued</c>.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>();

    /// <summary>Encoder to use instead of the encoder on disk; the caller disposes it. Null: the encoder on disk.</summary>
    public IEmbedder? Embedder { get; init; }

    /// <summary>Clock of the server. Default: the system clock.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>
    /// Adds services that the server uses instead of its own, such as another metadata database. Null: the server's own.
    /// </summary>
    public Action<IHostApplicationBuilder>? Compose { get; init; }

    /// <summary>Storage of the data folder, for tests that make its calls fail. Default: the file system.</summary>
    internal IFileStorage? Files { get; init; }

    /// <summary>Minimum level of the log on standard output; null: no such log.</summary>
    public LogLevel? ConsoleLogLevel { get; init; }

    /// <summary>
    /// Whether warnings and errors of the server's own code go to standard error, if <see cref="ConsoleLogLevel"/> is null. Default: no.
    /// </summary>
    public bool LogsProblems { get; init; }

    internal Dictionary<string, string?> ToConfiguration()
    {
        Dictionary<string, string?> configuration = new(Configuration, StringComparer.OrdinalIgnoreCase)
        {
            ["Server:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        };
        Add("Storage:Directory", DataDirectory);
        Add("Server:Address", Address);
        Add("urls", Urls);
        Add("Embedding:Directory", EncoderDirectory);
        Add("Embedding:Precision", Precision);
        Add("Server:Reflection", Reflection?.ToString());
        return configuration;

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                configuration[key] = value;
            }
        }
    }
}
