using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Predicting;

/// <summary>Checks <see cref="AnswerCacheOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class AnswerCacheOptionsValidator : IValidateOptions<AnswerCacheOptions>;
