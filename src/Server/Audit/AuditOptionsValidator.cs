using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Audit;

/// <summary>Checks <see cref="AuditOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
