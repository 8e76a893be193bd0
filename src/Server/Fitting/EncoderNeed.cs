using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Fitting;

/// <summary>Rejects what embeds words if clients gave the embeddings of the documents.</summary>
internal static class EncoderNeed
{
    /// <summary>Checks the settings of a fit.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="corpus">Resource name of the corpus.</param>
    /// <param name="foreign">Encoder that clients run; null for the encoder of the server.</param>
    /// <exception cref="ServiceException">A setting has words to embed.</exception>
    public static void Check(TopicModelOptions settings, string corpus, EmbedderInfo? foreign)
    {
        string? setting = settings.SeedTopics.Count > 0 ? "settings.seed_topic_list"
            : settings.ZeroShotTopics.Count > 0 ? "settings.zeroshot_topic_list"
            : HasAny(settings.Representations) ? "settings.representation_model"
            : null;
        if (foreign is not null && setting is not null)
        {
            throw Fault.SettingNeedsEncoder(setting, corpus, foreign.Name);
        }
    }

    /// <summary>Checks an operation on a version.</summary>
    /// <exception cref="ServiceException">The operation has words to embed.</exception>
    public static void Check(TopicOperation operation, VersionHandle version)
    {
        if (operation is RepresentTopics || (operation is UpdateTopics { Representations: { } chosen } && HasAny(chosen)))
        {
            version.RequireTextEncoder();
        }
    }

    private static bool HasAny(TopicRepresentations representations) => representations.Main.Count + representations.Aspects.Count > 0;
}
