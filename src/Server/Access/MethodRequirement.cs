using TopicGrpc.V1;

namespace TopicGrpc.Server.Access;

/// <summary>What a method needs of its caller.</summary>
/// <param name="Name">Name of the method without its service.</param>
/// <param name="Role">The least role.</param>
/// <param name="UnrestrictedOnly">Whether callers with patterns are rejected.</param>
internal sealed record MethodRequirement(string Name, Role Role, bool UnrestrictedOnly);
