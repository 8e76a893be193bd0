using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Checks that a lease survives two lost renewals.</summary>
internal sealed class HeartbeatRule(IOptions<PostgresOptions> database) : IValidateOptions<MemberOptions>
{
    private const int RenewalsPerTimeout = 3;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MemberOptions options)
    {
        TimeSpan most = database.Value.LeaseTimeout / RenewalsPerTimeout;
        return options.HeartbeatInterval <= most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{nameof(MemberOptions.HeartbeatInterval)} is {options.HeartbeatInterval:c}, more than a third of "
                + $"Cluster:Postgres:LeaseTimeout ({database.Value.LeaseTimeout:c}). Set at most {most:c}.");
    }
}
