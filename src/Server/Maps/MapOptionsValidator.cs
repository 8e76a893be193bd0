using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Maps;

/// <summary>Checks <see cref="MapOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class MapOptionsValidator : IValidateOptions<MapOptions>;
