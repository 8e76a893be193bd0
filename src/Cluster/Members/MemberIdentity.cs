using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Members;

/// <summary>What a member says about itself when it acquires its lease.</summary>
/// <param name="Id">Id of the member.</param>
/// <param name="Role">What it does.</param>
internal sealed record MemberIdentity(string Id, MemberRole Role)
{
    private const string LeasePrefix = "member/";

    /// <summary>Version of the program.</summary>
    public string Release { get; init; } = ServerBuild.Version;

    /// <summary>Time between two renewals of the lease.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Name of its lease.</summary>
    public string LeaseName => LeasePrefix + Id;

    /// <summary>Returns the identity of this server.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="folder">Full path of the data folder.</param>
    public static MemberIdentity Of(MemberOptions options, string folder) =>
        new(options.Id ?? MemberIds.OfFolder(folder), options.RoleValue) { HeartbeatInterval = options.HeartbeatInterval };
}
