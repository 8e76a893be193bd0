using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Tls;

/// <summary>Checks <see cref="TlsOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class TlsOptionsValidator : IValidateOptions<TlsOptions>;
