using Microsoft.Extensions.Logging;

namespace TopicGrpc.Client.Configuration;

/// <summary>Settings of a <see cref="TopicGrpcClient"/>; every one can come from configuration.</summary>
public sealed class TopicGrpcClientOptions
{
    /// <summary>Section that <c>AddTopicGrpcClient</c> reads when no other is named.</summary>
    public const string SectionName = "TopicGrpc";

    /// <summary>Address of the server: <c>http://host:port</c>, <c>https://host:port</c>, or <c>dns:///host:port</c> to balance calls over all addresses of a name. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>Whether <c>dns:///</c> addresses speak TLS. Default true. The other schemes say it themselves.</summary>
    public bool UseTls { get; set; } = true;

    /// <summary>How often <c>dns:///</c> addresses are looked up again. Above 0. Default 30 s.</summary>
    public TimeSpan DnsRefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for a read, all attempts together. Above 0. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a batch prediction, all attempts together. Above 0. Default 30 s.</summary>
    public TimeSpan BatchTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for a change or a chart, all attempts together. Above 0. Default 60 s.</summary>
    public TimeSpan AdminTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a model on its way in or out, all attempts together. Above 0. Default 10 min.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Time for one attempt of a read; when it is over, a method without side effects is tried again. Above 0, below <see cref="ReadTimeout"/>; null: none. Default 5 s.</summary>
    public TimeSpan? AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Retries.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Hedging of <c>Predict</c>.</summary>
    public HedgingOptions Hedging { get; set; } = new();

    /// <summary>Time to open a connection. Above 0. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Quiet time after which a connection is checked by a ping; servers may close connections that ping more often than once a minute. At least 1 s. Default 60 s.</summary>
    public TimeSpan KeepAlivePingDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time a ping may take before the connection counts as dead. At least 1 s. Default 30 s.</summary>
    public TimeSpan KeepAlivePingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest message received, in bytes. Above 0. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest message sent, in bytes. Above 0. Default 8 MiB.</summary>
    public int MaxSendMessageBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Handler in place of the client's own, for example that of an in-memory test server. The client does not dispose it.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Clock of pauses and time limits. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the client logs. Null: nowhere; <c>AddTopicGrpcClient</c> sets the application's.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
