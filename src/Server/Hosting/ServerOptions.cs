using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Server.Hosting;

/// <summary>Address, limits and shutdown of the server; section <c>Server</c>.</summary>
public sealed class ServerOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Server";

    /// <summary>
    /// IP address to listen on. Default <c>127.0.0.1</c>: this machine only. <c>0.0.0.0</c> or <c>::</c> listens on all addresses. Any
    /// address other than loopback needs TLS and authentication, unless <see cref="AllowInsecure"/> is set.
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>
    /// TCP port; 0 takes any free port. With TLS it serves HTTP/2 and HTTP/1.1, without TLS only HTTP/2. Default 5400.
    /// </summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5400;

    /// <summary>TCP port for HTTP/1.1 without TLS; 0 takes any free port. Null, the default: no such port.</summary>
    [Range(0, 65535)]
    public int? HttpPort { get; set; }

    /// <summary>Certificates. Default: no TLS.</summary>
    [ValidateObjectMembers(typeof(TlsOptionsValidator))]
    public TlsOptions Tls { get; set; } = new();

    /// <summary>
    /// Whether an address other than loopback may be served without TLS or without authentication, for example behind a proxy that does
    /// both. The server logs a warning at every start. Default false.
    /// </summary>
    public bool AllowInsecure { get; set; }

    /// <summary>Whether clients can read the contract by reflection. Null, the default: in Development only.</summary>
    public bool? Reflection { get; set; }

    /// <summary>
    /// Largest accepted message, in bytes after decompression. Its objects take at most eight times as much memory. Default 8 MiB.
    /// </summary>
    [Range(1 << 20, 1 << 27)]
    public int MaxMessageBytes { get; set; } = 8 << 20;

    /// <summary>
    /// Calls that a client may reset (cancel) on one connection per second. Beyond it the connection is read more slowly; nothing is
    /// rejected. Default 1000.
    /// </summary>
    [Range(10, 1_000_000)]
    public int MaxResetsPerSecond { get; set; } = 1000;

    /// <summary>Deadline of a prediction whose caller set none; zero: no deadline. Streams have no deadline. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long calls are accepted after health reports NOT_SERVING: the time that a load balancer needs to notice. Default zero.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainGrace { get; set; }

    /// <summary>How long running calls may continue after shutdown starts. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
