using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Storage;

/// <summary>Checks <see cref="StorageOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
