using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Members;

/// <summary>The members at one moment.</summary>
/// <param name="Own">This member.</param>
/// <param name="All">All members including this one and dead ones, ordered by id.</param>
internal sealed record MemberList(Member Own, IReadOnlyList<Member> All);
