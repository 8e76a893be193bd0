using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Authentication;

/// <summary>Checks <see cref="AuthenticationOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class AuthenticationOptionsValidator : IValidateOptions<AuthenticationOptions>;
