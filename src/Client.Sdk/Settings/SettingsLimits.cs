using System.Globalization;
using Google.Protobuf.Reflection;
using TopicGrpc.Shared.Limits;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>The limits of the contract for the keys of a settings file.</summary>
internal static class SettingsLimits
{
    private const string ModelSuffix = "_model";

    private static readonly (string Contract, string File)[] Names =
    [
        ("representation_model.main", "representation_model.Main"),
        ("representation_model.aspects", "representation_model"),
        (".maximal_marginal_relevance", "." + RepresentationSettingsConverter.Relevance),
        (".key_bert_inspired", "." + RepresentationSettingsConverter.KeyBert),
        ("stop_word_list.words", "stop_words"),
        ("min_df_count", "min_df"),
        ("min_df_share", "min_df"),
        ("max_df_count", "max_df"),
        ("max_df_share", "max_df"),
        ("nr_topics_auto", "nr_topics"),
    ];

    /// <summary>Returns the range of a key as text; empty for none.</summary>
    /// <param name="path">Path of the key in the file.</param>
    public static string Describe(string path)
    {
        MessageDescriptor? message = Wire.FitSettings.Descriptor;
        FieldDescriptor? field = null;
        foreach (string key in path.Split('.'))
        {
            field =
                message?.FindFieldByName(key) ?? message?.FindFieldByName(key.Replace(ModelSuffix, string.Empty, StringComparison.Ordinal));
            message = field?.FieldType == FieldType.Message ? field.MessageType : null;
        }

        return field is null ? string.Empty : LimitText.Range(RequestLimits.Of(field));
    }

    /// <summary>Returns the first violation of a limit with the key of the file; null for none.</summary>
    /// <param name="settings">The settings as a message of the contract.</param>
    public static string? Violation(Wire.FitSettings settings) =>
        RequestLimits.Check(settings)?.Items is [Violation first, ..] ? $"{Key(first.Field, settings)} {first.Description}" : null;

    private static string Key(string field, Wire.FitSettings settings)
    {
        string key = field;
        for (int index = 0; index < settings.RepresentationModel?.Aspects.Count; index++)
        {
            string name = settings.RepresentationModel.Aspects[index].Name;
            key =
                key.Replace(string.Create(CultureInfo.InvariantCulture, $".aspects[{index}].steps"), $".{name}", StringComparison.Ordinal);
        }

        foreach ((string contract, string file) in Names)
        {
            key = key.Replace(contract, file, StringComparison.Ordinal);
        }

        foreach (string part in (string[])["umap", "hdbscan", "vectorizer", "ctfidf"])
        {
            key = key.StartsWith(part + ".", StringComparison.Ordinal) ? part + ModelSuffix + key[part.Length..] : key;
        }

        return key;
    }
}
