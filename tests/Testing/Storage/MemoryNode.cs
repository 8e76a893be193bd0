namespace TopicGrpc.Testing.Storage;

/// <summary>A file or folder of <see cref="MemoryStorage"/>.</summary>
internal abstract class MemoryNode
{
    /// <summary>Makes the state what a crash leaves.</summary>
    public abstract void Crash(CrashKind kind, Random random);
}
