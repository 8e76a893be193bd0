using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Fitting;

/// <summary>Checks <see cref="FitOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class FitOptionsValidator : IValidateOptions<FitOptions>;
