using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Corpora;

/// <summary>Checks <see cref="IngestOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
