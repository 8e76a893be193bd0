namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// An edge of the mutual reachability graph. The order (weight, low, high) is total, so the minimum spanning tree is
/// unique.
/// </summary>
/// <param name="Weight">Squared mutual reachability distance.</param>
/// <param name="Low">Smaller row.</param>
/// <param name="High">Larger row.</param>
internal readonly record struct TreeEdge(double Weight, int Low, int High)
{
    public static TreeEdge None { get; } = new(double.PositiveInfinity, int.MaxValue, int.MaxValue);

    public static TreeEdge Between(double weight, int row, int other) => row < other ? new(weight, row, other) : new(weight, other, row);

    public bool Precedes(TreeEdge other) =>
        Weight < other.Weight || (Weight == other.Weight && (Low < other.Low || (Low == other.Low && High < other.High)));
}
