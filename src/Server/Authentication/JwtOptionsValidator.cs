using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Authentication;

/// <summary>Checks <see cref="JwtOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class JwtOptionsValidator : IValidateOptions<JwtOptions>;
