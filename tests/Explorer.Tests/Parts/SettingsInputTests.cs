using TopicGrpc.Client.Settings;
using TopicGrpc.Explorer.Fitting;

namespace TopicGrpc.Explorer.Tests.Parts;

public sealed class SettingsInputTests
{
    [Fact]
    public void Catalog_EverySetting_HasHelpAndAUniquePath()
    {
        IReadOnlyList<SettingField> fields = SettingsCatalog.Instance.Fields;

        Assert.All(fields, static field => Assert.NotEmpty(field.Help));
        Assert.Equal(fields.Count, fields.Select(static field => field.Path).Distinct().Count());
        SettingField neighbors = fields.Single(static field => field.Path == "umap.n_neighbors");
        Assert.Equal(("2 to 200", "15", SettingKind.Whole), (neighbors.Range, neighbors.Default, neighbors.Kind));
        Assert.Equal(["auto", "coarse", "fine"], fields.Single(static field => field.Path == "granularity").Choices);
    }

    [Fact]
    public void ToSettings_ValuesOfTheForm_AreTheSettings()
    {
        SettingsInput input = new() { Preset = FitPreset.Bertopic, Json = """{ "umap_model": { "n_neighbors": 9 } }""" };
        input.Values["top_n_words"] = "12";
        input.Values["nr_topics_auto"] = "true";
        input.Values["hdbscan.min_cluster_size"] = " 30 ";
        input.Values["vectorizer.min_df_share"] = "1";
        input.Values["vectorizer.ngram_range"] = "1-2";
        input.Values["coherence_measures"] = "c_v\nu_mass\n";
        input.Values["calculate_probabilities"] = "false";

        FitSettings settings = input.ToSettings();

        Assert.Equal(12, settings.TopWordCount);
        Assert.True(settings.Reduction.IsAutomatic);
        Assert.Equal(30, settings.Hdbscan!.MinClusterSize);
        Assert.True(settings.Vectorizer!.MinTopicFrequency!.Value.IsShare);
        Assert.Equal(new NgramRange(1, 2), settings.Vectorizer.NgramRange);
        Assert.Equal(["c_v", "u_mass"], settings.CoherenceMeasures);
        Assert.False(settings.CalculateProbabilities);
        Assert.Equal(9, settings.Umap!.NeighborCount);
    }

    [Theory]
    [InlineData("umap.n_neighbors", "many", "umap.n_neighbors is \"many\", not a whole number")]
    [InlineData("umap.n_neighbors", "500", "umap_model.n_neighbors")]
    [InlineData("vectorizer.ngram_range", "two", "write two whole numbers")]
    public void ToSettings_InvalidValue_NamesTheSetting(string path, string value, string message)
    {
        SettingsInput input = new();
        input.Values[path] = value;

        Assert.Contains(message, Assert.Throws<SettingsFileException>(input.ToSettings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToSettings_TwoFieldsOfOneParameter_AreRejected()
    {
        SettingsInput input = new();
        input.Values["vectorizer.min_df_count"] = "2";
        input.Values["vectorizer.min_df_share"] = "0.1";

        Assert.Contains("min_df", Assert.Throws<SettingsFileException>(input.ToSettings).Message, StringComparison.Ordinal);
    }
}
