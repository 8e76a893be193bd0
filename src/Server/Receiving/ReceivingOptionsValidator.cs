using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Receiving;

/// <summary>Checks <see cref="ReceivingOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ReceivingOptionsValidator : IValidateOptions<ReceivingOptions>;
