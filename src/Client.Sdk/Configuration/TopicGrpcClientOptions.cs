using Microsoft.Extensions.Logging;

namespace TopicGrpc.Client.Configuration;

/// <summary>Options of a <c>TopicGrpcClient</c>; each can come from configuration.</summary>
public sealed class TopicGrpcClientOptions
{
    /// <summary>Configuration section that <c>AddTopicGrpcClient</c> reads by default.</summary>
    public const string SectionName = "TopicGrpc";

    /// <summary>
    /// Address of the server: <c>http://host:port</c>, <c>https://host:port</c>, or <c>dns:///host:port</c> to balance calls over all
    /// addresses of a name. Required unless <see cref="Addresses"/> has any.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// Addresses of the members of a cluster, instead of <see cref="Address"/>: 1 to 100, all with <c>http</c> or all with <c>https</c>.
    /// Calls go in turn to the members that answer; a call that fails because a member is unavailable is retried on another one.
    /// Default none.
    /// </summary>
    public IList<Uri> Addresses { get; } = [];

    /// <summary>Whether <c>dns:///</c> addresses use TLS; the other schemes imply it. Default true.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>API key, sent with every call. Null for none. Do not write it into a file under version control.</summary>
    public string? ApiKey { get; set; }

    /// <summary>File with the API key, read when the client is created. Null for none.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>
    /// Returns a token of an identity provider, sent with every call until the server rejects it; then the client asks once more and
    /// repeats the call. Thread-safe. Null for none.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <summary>
    /// File with a token, for example of a Kubernetes service account. It is read like a <see cref="TokenProvider"/>: before the first
    /// call, and again when the server rejects the token. Null for none.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>PEM file with the authorities that may have issued the server's certificate. Null: those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>PEM file with a client certificate. Null for none.</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>PEM file with the key of the client certificate. Null: it is in <see cref="ClientCertificateFile"/>.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>Interval between lookups of <c>dns:///</c> addresses, above 0. Default 30 s.</summary>
    public TimeSpan DnsRefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time limit of a read, including all attempts, above 0. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit of a batch prediction, including all attempts, above 0. Default 30 s.</summary>
    public TimeSpan BatchTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time limit of a change or a chart, including all attempts, above 0. Default 60 s.</summary>
    public TimeSpan AdminTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time limit of an import or export, including all attempts, above 0. Default 10 min.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Time limit of one attempt of a read, after which the client retries; above 0 and below <see cref="ReadTimeout"/>. Null for none.
    /// Default 5 s.
    /// </summary>
    public TimeSpan? AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Retries.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Hedging of <c>Predict</c>.</summary>
    public HedgingOptions Hedging { get; set; } = new();

    /// <summary>Time limit for opening a connection, above 0. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Idle time before a keep-alive ping, at least 1 s. Servers may close connections that ping more than once a minute. Default 60 s.
    /// </summary>
    public TimeSpan KeepAlivePingDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time limit of a keep-alive ping, at least 1 s. Default 30 s.</summary>
    public TimeSpan KeepAlivePingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest received message in bytes, above 0. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest sent message in bytes, above 0. Default 8 MiB.</summary>
    public int MaxSendMessageBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Replaces the HTTP handler, for example by that of an in-memory test server. The client does not dispose it.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Clock of delays and time limits. Default: the system clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Logger factory; null disables logging. <c>AddTopicGrpcClient</c> sets that of the application.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
