using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>Checks <see cref="ObjectStoreOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ObjectStoreOptionsValidator : IValidateOptions<ObjectStoreOptions>;
