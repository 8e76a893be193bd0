using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Receiving;

/// <summary>How much clients may send at the same time, and how long they may be silent; section <c>Receiving</c>.</summary>
public sealed class ReceivingOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Receiving";

    /// <summary>
    /// Connections at the same time; further ones are closed at once. At most 192 less than the files that the process may open.
    /// Default 1000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 1000;

    /// <summary>Calls at the same time over all connections; further ones are rejected with <c>QUEUE_FULL</c>. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxCalls { get; set; } = 10_000;

    /// <summary>
    /// Bytes of request messages over all connections: of messages that are being received, of messages of running unary calls, and of the
    /// last message of each stream. A message counts with its objects; a compressed one with the limit of its method until it is
    /// decompressed. Messages of more than 64 KiB share seven eighths of them, so that small requests always find room.
    /// Default 128 MiB; at least twice <c>Server:MaxMessageBytes</c>.
    /// </summary>
    [Range(1L << 22, 1L << 40)]
    public long MaxBytes { get; set; } = 128L << 20;

    /// <summary>How long a message waits for free bytes before its call is rejected with <c>QUEUE_FULL</c>. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a client may neither send nor read on a stream while it owes the next message; then the stream ends with
    /// <c>STREAM_IDLE</c>. Default 60 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Least rate at which a message must arrive, in bytes per second, after <see cref="MessageGrace"/>. Default 1024.</summary>
    [Range(1, 1 << 30)]
    public int MinBytesPerSecond { get; set; } = 1024;

    /// <summary>How long a message may arrive more slowly than <see cref="MinBytesPerSecond"/>. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MessageGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Costly topic queries (hierarchy, topics over time and per class, charts, explanations of long texts) that run at the same time.
    /// Default 0: one per core, at least 2.
    /// </summary>
    [Range(0, 1024)]
    public int MaxQueries { get; set; }

    /// <summary>Costly topic queries that may wait; further ones are rejected with <c>QUEUE_FULL</c>. Default 32.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedQueries { get; set; } = 32;

    /// <summary>Silence of a connection after which the server sends an HTTP/2 ping. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeepAlivePingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the answer to a ping may take before the connection is closed. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAlivePingTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
