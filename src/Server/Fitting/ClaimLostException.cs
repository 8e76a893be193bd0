using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Fitting;

/// <summary>A transaction of a fit was rejected because the fit no longer belongs to this server.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always names the claim.")]
internal sealed class ClaimLostException(string fitId, long epoch)
    : InvalidOperationException(FormattableString.Invariant($"Claim {epoch} of fit {fitId} has ended: another server runs the fit."));
