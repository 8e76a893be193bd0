using Microsoft.Extensions.Options;

namespace TopicGrpc.Server;

/// <summary>Checks <see cref="ServerOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
