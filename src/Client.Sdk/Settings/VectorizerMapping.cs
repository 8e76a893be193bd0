using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps the settings of the word counts between SDK and contract.</summary>
internal static class VectorizerMapping
{
    public static Wire.VectorizerSettings Map(VectorizerSettings settings)
    {
        Wire.VectorizerSettings wire = new()
        {
            NgramRange = NgramRangeMapping.Map(settings.NgramRange),
            Vocabulary = { settings.Vocabulary },
        };
        if (settings.StopWords is { List: { } list })
        {
            wire.StopWords = list;
        }
        else if (settings.StopWords is { } stopWords)
        {
            wire.StopWordList = new Wire.VectorizerSettings.Types.WordList { Words = { stopWords.Words } };
        }

        WireValue.Set(
            settings.MinTopicFrequency, limit => SetLimit(limit, count => wire.MinDfCount = count, share => wire.MinDfShare = share));
        WireValue.Set(
            settings.MaxTopicFrequency, limit => SetLimit(limit, count => wire.MaxDfCount = count, share => wire.MaxDfShare = share));
        WireValue.Set(settings.MaxTerms, value => wire.MaxFeatures = value);
        WireValue.Set(settings.Lowercase, value => wire.Lowercase = value);
        WireValue.Set(settings.Segmentation, value => wire.Segmentation = value);
        return wire;
    }

    public static VectorizerSettings Map(Wire.VectorizerSettings wire) => new()
    {
        StopWords = wire.StopWordsChoiceCase switch
        {
            Wire.VectorizerSettings.StopWordsChoiceOneofCase.StopWords when wire.StopWords.Length > 0 => StopWords.Named(wire.StopWords),
            Wire.VectorizerSettings.StopWordsChoiceOneofCase.StopWordList => StopWords.Of(wire.StopWordList.Words),
            _ => null,
        },
        NgramRange = NgramRangeMapping.Map(wire.NgramRange),
        MinTopicFrequency = wire.MinDfCase switch
        {
            Wire.VectorizerSettings.MinDfOneofCase.MinDfCount => FrequencyLimit.Count(wire.MinDfCount),
            Wire.VectorizerSettings.MinDfOneofCase.MinDfShare => FrequencyLimit.Share(wire.MinDfShare),
            _ => null,
        },
        MaxTopicFrequency = wire.MaxDfCase switch
        {
            Wire.VectorizerSettings.MaxDfOneofCase.MaxDfCount => FrequencyLimit.Count(wire.MaxDfCount),
            Wire.VectorizerSettings.MaxDfOneofCase.MaxDfShare => FrequencyLimit.Share(wire.MaxDfShare),
            _ => null,
        },
        MaxTerms = wire.HasMaxFeatures ? wire.MaxFeatures : null,
        Lowercase = wire.HasLowercase ? wire.Lowercase : null,
        Segmentation = wire.HasSegmentation ? wire.Segmentation : null,
        Vocabulary = [.. wire.Vocabulary],
    };

    private static void SetLimit(FrequencyLimit limit, Action<int> count, Action<double> share)
    {
        if (limit.IsShare)
        {
            share(limit.Value);
        }
        else
        {
            count((int)limit.Value);
        }
    }
}
