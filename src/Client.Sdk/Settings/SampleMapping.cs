using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps the sample of a fit between SDK and contract.</summary>
internal static class SampleMapping
{
    public static Wire.SampleSettings Map(SampleSettings settings)
    {
        Wire.SampleSettings wire = new() { Attribute = settings.Attribute ?? "" };
        WireValue.Set(settings.Size, value => wire.Size = value);
        WireValue.Set(settings.TimeStrata, value => wire.TimeStrata = value);
        return wire;
    }

    public static SampleSettings Map(Wire.SampleSettings wire) => new()
    {
        Size = wire.HasSize ? wire.Size : null,
        Attribute = wire.Attribute.Length == 0 ? null : wire.Attribute,
        TimeStrata = wire.HasTimeStrata ? wire.TimeStrata : null,
    };
}
