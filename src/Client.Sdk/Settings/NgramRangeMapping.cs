using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps the number of words per term between SDK and contract.</summary>
internal static class NgramRangeMapping
{
    public static Wire.NgramRange? Map(NgramRange? range) =>
        range is null ? null : new Wire.NgramRange { Min = range.Value.Min, Max = range.Value.Max };

    public static NgramRange? Map(Wire.NgramRange? wire) => wire is null ? null : new NgramRange(wire.Min, wire.Max);
}
