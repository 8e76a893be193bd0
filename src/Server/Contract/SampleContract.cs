using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the sample of a fit between contract and engine.</summary>
internal static class SampleContract
{
    /// <summary>Returns the sample of a fit; null for none.</summary>
    public static TopicSample? FromProto(SampleSettings? sample)
    {
        if (sample is null)
        {
            return null;
        }

        TopicSample given = new();
        return given with
        {
            Size = sample.HasSize ? sample.Size : given.Size,
            Attribute = sample.Attribute.Length == 0 ? null : sample.Attribute,
            TimeStrata = sample.HasTimeStrata ? sample.TimeStrata : given.TimeStrata,
        };
    }

    /// <summary>Returns the message with all fields set; null for no sample.</summary>
    public static SampleSettings? ToProto(TopicSample? sample) => sample is null ? null : new SampleSettings
    {
        Size = sample.Size,
        Attribute = sample.Attribute ?? string.Empty,
        TimeStrata = sample.TimeStrata,
    };
}
