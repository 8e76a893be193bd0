using TopicGrpc.Architecture.Tests.Examples.Lower;

namespace TopicGrpc.Architecture.Tests.Examples.Upper;

/// <summary>One half of a cycle; see <see cref="LowerType"/>.</summary>
internal sealed class UpperType(int value)
{
    public int Value => value > 0 ? value : LowerType.Value();
}
