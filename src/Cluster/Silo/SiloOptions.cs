using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Silo;

/// <summary>The silo of a member, through which members call each other; section <c>Cluster:Silo</c>.</summary>
public sealed class SiloOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:Silo";

    /// <summary>
    /// IP address or host name of this member for other members; the silo listens on it alone. Default: <c>127.0.0.1</c> if
    /// <c>Server:Address</c> is a loopback address, otherwise the name of the machine.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>TCP port of the silo; 0 takes any free port. Default 5410.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 5410;

    /// <summary>
    /// Certificate of this member, with the extended key usages for servers and clients, and in <c>ClientCaFile</c> the authorities that
    /// issue the certificates of all members. Both sides of a connection present and check a certificate. Required unless
    /// <see cref="AllowInsecure"/> is set. Default none.
    /// </summary>
    [ValidateObjectMembers(typeof(TlsOptionsValidator))]
    public TlsOptions Tls { get; set; } = new();

    /// <summary>Whether a silo on a loopback address may do without TLS. Default false.</summary>
    public bool AllowInsecure { get; set; }

    /// <summary>Time that another silo has to answer a probe. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Probes without an answer after which a silo votes to declare another one dead. Default 3.</summary>
    [Range(1, 100)]
    public int MaxMissedProbes { get; set; } = 3;

    /// <summary>Whether the server has the dashboard of Orleans at <c>/cluster/silo</c>, for admins only. Default false.</summary>
    public bool Dashboard { get; set; }
}
