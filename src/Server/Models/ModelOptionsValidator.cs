using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Models;

/// <summary>Checks <see cref="ModelOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;
