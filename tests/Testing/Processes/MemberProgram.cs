namespace TopicGrpc.Testing.Processes;

/// <summary>Program of a member; its project must be a reference of the project that starts it.</summary>
public enum MemberProgram
{
    /// <summary>The server with the fake encoder: tests/ChildServer.</summary>
    FakeEncoder,

    /// <summary><c>topicgrpc serve</c> with the encoder of the repository: src/Cli.</summary>
    Tool,
}
