using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Erasing;

/// <summary>Checks <see cref="ErasureOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ErasureOptionsValidator : IValidateOptions<ErasureOptions>;
