using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Lineage;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Layering;

public sealed class TopicLayersTests
{
    private static readonly NestedCorpus Corpus = new();

    /// <summary>The parts are topics; the themes are coarser.</summary>
    private static readonly TopicModel Parts = Corpus.Fit();

    /// <summary>The themes are topics; the parts are finer.</summary>
    private static readonly TopicModel Themes = Corpus.Apply(Parts, new ReduceTopics(TopicReduction.To(5 + Parts.OutlierOffset)));

    [Fact]
    public void Fit_NestedGroups_HasACoarserLayer()
    {
        TopicLayers layers = Assert.IsType<TopicLayers>(Parts.Layers);

        Assert.NotEmpty(layers.Coarser);
        Assert.Equal("coarser-1", layers.Coarser[0].Name);
        Assert.InRange(layers.Coarser[^1].Topics.Count, 2, Parts.Topics.Count - Parts.OutlierOffset - 1);
        Assert.InRange(layers.Count, 2, TopicLayers.MostLayers);
        Consistent(Parts);
    }

    [Fact]
    public void ReduceTopics_NestedGroups_HasAFinerLayer()
    {
        TopicLayers layers = Assert.IsType<TopicLayers>(Themes.Layers);

        Assert.NotEmpty(layers.Finer);
        Assert.True(layers.Finer[^1].Topics.Count > Themes.Topics.Count - Themes.OutlierOffset);
        Consistent(Themes);
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_HasTheSameLayers()
    {
        TopicModel other = Corpus.Fit(threads: 1);

        Assert.Equal(Uids(Parts), Uids(other));
        Assert.Equal(
            Parts.Layers!.Coarser.SelectMany(layer => layer.Assignments), other.Layers!.Coarser.SelectMany(layer => layer.Assignments));
    }

    [Theory]
    [InlineData(TopicNaming.Distinct)]
    [InlineData(TopicNaming.IdWords)]
    public void Fit_Naming_ChoosesTheNamesOfAllLayers(TopicNaming naming)
    {
        TopicModel model = Corpus.Fit(NestedCorpus.Options with { Naming = naming });

        foreach (TopicLayer layer in model.Layers!.Finer.Concat(model.Layers.Coarser))
        {
            string[] names = [.. layer.Topics.Select(static topic => topic.Name)];
            Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
            Assert.All(layer.Topics, topic => Assert.Equal(
                naming == TopicNaming.IdWords, topic.Name.StartsWith($"{topic.Id}_", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Path_TrainingDocuments_AgreesWithTheTopicInEveryLayer()
    {
        foreach (TopicModel model in (TopicModel[])[Parts, Themes])
        {
            TopicLayers layers = model.Layers!;
            int inFiner = 0;
            for (int row = 0; row < Corpus.Documents.Count; row++)
            {
                int topic = model.Predict(Corpus.Embeddings.Row(row), allTopics: false).TopicId;
                IReadOnlyList<int> path = model.Path(Corpus.Embeddings.Row(row), topic);

                Assert.Equal(layers.Count, path.Count);
                Assert.Equal(topic, path[layers.OwnIndex]);
                for (int layer = 0; layer < path.Count; layer++)
                {
                    Assert.True(topic >= 0 || path[layer] == -1);
                    if (layer > layers.OwnIndex && topic >= 0)
                    {
                        Assert.Equal(layers.AncestorOf(layers.OwnIndex, topic, layer), path[layer]);
                    }
                    else if (layer < layers.OwnIndex && path[layer] >= 0)
                    {
                        Assert.Equal(topic, layers.AncestorOf(layer, path[layer], layers.OwnIndex));
                        inFiner++;
                    }
                }
            }

            Assert.True(layers.Finer.Count == 0 || inFiner > 300);
        }
    }

    [Fact]
    public void ReduceToLayer_CoarserLayer_MakesItsTopics()
    {
        TopicLayer layer = Parts.Layers!.Coarser[0];

        TopicModel reduced = Corpus.Apply(Parts, new ReduceToLayer(layer.Name));

        Assert.Equal(layer.Topics.Count, reduced.Topics.Count - reduced.OutlierOffset);
        Assert.Equal(layer.Topics.Select(topic => topic.Count), reduced.Topics.Skip(reduced.OutlierOffset).Select(topic => topic.Count));
        var children = Parts.Layers.TopicParents.CountBy(parent => parent.Topic).ToDictionary();
        Assert.All(
            layer.Topics.Where(topic => children[topic.Id] > 1),
            topic => Assert.Equal(topic.Uid, reduced.Topics[topic.Id + reduced.OutlierOffset].Uid));
        Consistent(reduced);
    }

    [Theory]
    [InlineData("finer-1")]
    [InlineData("topics")]
    [InlineData("coarser-9")]
    public void ReduceToLayer_NoCoarserLayer_IsRejected(string name)
    {
        string message = Assert.Throws<ArgumentException>(() => Corpus.Apply(Parts, new ReduceToLayer(name))).Message;

        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("coarser-1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void MergeTopics_OtherTopics_KeepsTheUidsOfUnchangedLayerTopics()
    {
        TopicLayer before = Themes.Layers!.Finer[^1];

        TopicModel merged = Corpus.Apply(Themes, new MergeTopics([[3, 4]]));

        TopicLayer after = merged.Layers!.Finer.Single(layer => layer.MinClusterSize == before.MinClusterSize);
        Assert.Equal(before.Topics.Select(topic => topic.Uid).Order(), after.Topics.Select(topic => topic.Uid).Order());
    }

    [Fact]
    public void Continue_Refit_InheritsTheUidsOfLayers()
    {
        TopicModel refit = Corpus.Fit(NestedCorpus.Options with { Layout = NestedCorpus.Options.Layout with { Seed = 7 } });

        TopicModel continued = TopicLineage.Continue(refit, [Parts]);

        Assert.NotEmpty(Uids(continued).Intersect(Uids(Parts)));
        Consistent(continued);
    }

    [Fact]
    public void SetTopicLabels_KeepsTheLayers()
    {
        TopicModel labeled = Corpus.Apply(Parts, new SetTopicLabels(new Dictionary<int, string> { [0] = "First" }));

        Assert.Same(Parts.Layers, labeled.Layers);
    }

    /// <summary>Checks what holds for the layers of every model.</summary>
    private static void Consistent(TopicModel model)
    {
        TopicLayers layers = model.Layers!;
        Assert.Equal(Uids(model).Distinct().Count() + model.Topics.Count - model.OutlierOffset, AllUids(model).Distinct().Count());
        for (int index = 0; index < layers.Count; index++)
        {
            if (layers.At(index) is not { } layer)
            {
                continue;
            }

            Assert.Equal(index, layers.IndexOf(layer.Name));
            for (int row = 0; row < layer.Assignments.Length; row++)
            {
                if (layer.Assignments[row] >= 0)
                {
                    Assert.True(model.Assignments[row] >= 0);
                }
                else
                {
                    Assert.True(index < layers.OwnIndex || model.Assignments[row] < 0);
                }
            }

            foreach (LayerTopic topic in layer.Topics)
            {
                Assert.Equal(topic.Count, layer.Assignments.Count(assigned => assigned == topic.Id));
                Assert.NotEmpty(topic.Words);
                Assert.StartsWith(topic.Id + "_", topic.Name, StringComparison.Ordinal);
                Assert.True(index < layers.Count - 1 == (topic.Parent != TopicParent.None));
                Assert.True(topic.Id == 0 || layer.Topics[topic.Id - 1].Count >= topic.Count);
            }
        }
    }

    private static IEnumerable<string> Uids(TopicModel model) =>
        model.Layers!.Finer.Concat(model.Layers.Coarser).SelectMany(layer => layer.Topics).Select(topic => topic.Uid);

    private static IEnumerable<string> AllUids(TopicModel model) =>
        Uids(model).Concat(model.Topics.Where(topic => topic.Id >= 0).Select(topic => topic.Uid));
}
