using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Checks <see cref="ShadowOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ShadowOptionsValidator : IValidateOptions<ShadowOptions>;
