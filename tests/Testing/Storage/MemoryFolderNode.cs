namespace TopicGrpc.Testing.Storage;

/// <summary>A folder: the names that programs see, and those that a power failure leaves.</summary>
internal sealed class MemoryFolderNode : MemoryNode
{
    public Dictionary<string, MemoryNode> Current { get; private set; } = new(StringComparer.Ordinal);

    public Dictionary<string, MemoryNode> Durable { get; private set; } = new(StringComparer.Ordinal);

    public void Flush() => Durable = new Dictionary<string, MemoryNode>(Current, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Crash(CrashKind kind, Random random)
    {
        foreach (string name in Current.Keys.Union(Durable.Keys).Order(StringComparer.Ordinal).ToArray())
        {
            bool isKept = kind == CrashKind.Keep || (kind == CrashKind.Tear && random.Next(2) == 0);
            Dictionary<string, MemoryNode> source = isKept ? Current : Durable;
            if (source.TryGetValue(name, out MemoryNode? node))
            {
                Durable[name] = node;
            }
            else
            {
                Durable.Remove(name);
            }
        }

        Current = new Dictionary<string, MemoryNode>(Durable, StringComparer.Ordinal);
        foreach (MemoryNode node in Current.Values)
        {
            node.Crash(kind, random);
        }
    }
}
