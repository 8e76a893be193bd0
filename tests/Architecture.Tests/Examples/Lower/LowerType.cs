using TopicGrpc.Architecture.Tests.Examples.Upper;

namespace TopicGrpc.Architecture.Tests.Examples.Lower;

/// <summary>References <see cref="UpperType"/> in the body of a lambda only, where no signature shows it.</summary>
internal static class LowerType
{
    public static Func<int> Value { get; } = static () => new UpperType(1).Value;
}
