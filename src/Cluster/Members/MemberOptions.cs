using System.ComponentModel.DataAnnotations;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Members;

/// <summary>This server as a member of a cluster; section <c>Cluster:Member</c>.</summary>
public sealed class MemberOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:Member";

    /// <summary>
    /// Id of the member, unique in the cluster: 1 to 100 of a-z, 0-9, <c>.</c> and <c>-</c>. Default: name of the machine and a hash of the
    /// path of the data folder.
    /// </summary>
    [RegularExpression("^[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?$", ErrorMessage = "Id must have 1 to 100 characters a-z, 0-9, . or -.")]
    public string? Id { get; set; }

    /// <summary>
    /// Address for clients and other members, such as <c>https://server-1:5400</c>. Default: the address on which the server listens, with
    /// the name of the machine instead of <c>0.0.0.0</c> and <c>::</c>.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// <c>All</c>, <c>Serve</c> (answers calls only) or <c>Embed</c> (embeds texts for jobs of other members). Default <c>All</c>.
    /// </summary>
    public string Role { get; set; } = nameof(MemberRole.All);

    /// <summary>
    /// Time between two renewals of the lease. At most a third of <c>Cluster:Postgres:LeaseTimeout</c>. Default 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(2);

    internal MemberRole RoleValue => Enum.Parse<MemberRole>(Role, ignoreCase: true);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.GetNames<MemberRole>().Contains(Role, StringComparer.OrdinalIgnoreCase))
        {
            yield return new ValidationResult($"Role is '{Role}'. Set All, Serve or Embed.", [nameof(Role)]);
        }

        if (Address is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
        {
            yield return new ValidationResult($"Address is '{address}'. Set an absolute http or https URL.", [nameof(Address)]);
        }
    }
}
