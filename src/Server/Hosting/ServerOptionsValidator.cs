using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>Checks <see cref="ServerOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
