using Microsoft.IdentityModel.Tokens;

namespace TopicGrpc.Server.Authentication;

/// <summary>Keys that sign tokens.</summary>
/// <param name="Issuer">Issuer of the tokens.</param>
/// <param name="Keys">The keys.</param>
/// <param name="ReadAt">When they were read, in ticks of the clock; the largest number for keys that are never read again.</param>
internal sealed record SigningKeySet(string Issuer, IReadOnlyList<SecurityKey> Keys, long ReadAt);
