using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.Members;

/// <summary>Checks <see cref="MemberOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class MemberOptionsValidator : IValidateOptions<MemberOptions>;
