namespace TopicGrpc.Engine.Archive;

/// <summary>Names of the files of an archive. The names are part of the format.</summary>
internal static class ArchiveNames
{
    public const string JsonEnding = ".json";
    public const string Manifest = "manifest.json";
    public const string Report = "report.json";

    public const string DocumentIds = "documents.ids";
    public const string DocumentsErased = "documents.erased";
    public const string DocumentLabels = "documents.labels";
    public const string DocumentStrengths = "documents.strengths";
    public const string DocumentProbabilities = "documents.probabilities";
    public const string DocumentVectors = "documents.vectors";
    public const string DocumentSample = "documents.sample";
    public const string DocumentPositions = "documents.positions";
    public const string DocumentMap = "documents.map";
    public const string DocumentTexts = "documents.texts";
    public const string DocumentDistances = "documents.distances";

    public const string TopicIds = "topics.ids";
    public const string TopicCounts = "topics.counts";
    public const string TopicNames = "topics.names";
    public const string TopicUids = "topics.uids";
    public const string TopicLabels = "topics.labels";
    public const string TopicCentroids = "topics.centroids";
    public const string TopicMapper = "topics.mapper";
    public const string WordStarts = "topics.words.starts";
    public const string WordTerms = "topics.words.terms";
    public const string WordScores = "topics.words.scores";
    public const string RepresentativeStarts = "topics.representatives.starts";
    public const string RepresentativeRows = "topics.representatives.rows";
    public const string RepresentativeIds = "topics.representatives.ids";
    public const string RepresentativeTexts = "topics.representatives.texts";

    public const string AspectNames = "aspects.names";
    public const string AspectStarts = "aspects.starts";
    public const string AspectTerms = "aspects.terms";
    public const string AspectScores = "aspects.scores";
    public const string SourceNames = "source.names";
    public const string SourceValues = "source.values";

    public const string LayerNames = "layers.names";
    public const string LayerSizes = "layers.sizes";
    public const string LayerAssignments = "layers.assignments";
    public const string LayerOwnParents = "layers.own-parents";
    public const string LayerTopicStarts = "layers.topics.starts";
    public const string LayerTopicCounts = "layers.topics.counts";
    public const string LayerTopicNames = "layers.topics.names";
    public const string LayerTopicUids = "layers.topics.uids";
    public const string LayerTopicParents = "layers.topics.parents";
    public const string LayerWordStarts = "layers.words.starts";
    public const string LayerWordTerms = "layers.words.terms";
    public const string LayerWordScores = "layers.words.scores";

    public const string Terms = "terms";
    public const string TermFactors = "terms.factors";
    public const string TermWeights = "terms.weights";
    public const string TermCounts = "terms.counts";

    public const string LayoutCurve = "layout.curve";
    public const string LayoutRows = "layout.rows";
    public const string LayoutPoints = "layout.points";
    public const string IndexDirections = "layout.index.directions";
    public const string IndexCoarse = "layout.index.coarse";
    public const string IndexCoarseNumbers = "layout.index.coarse.numbers";
    public const string IndexFine = "layout.index.fine";
    public const string IndexFineNumbers = "layout.index.fine.numbers";
    public const string IndexLinks = "layout.index.links";
    public const string IndexEntries = "layout.index.entries";

    /// <summary>Names of the files of a level above the graph of all rows, numbered from 1.</summary>
    public static (string Rows, string Links, string Entries) IndexLevel(int level) =>
        ($"layout.index.level{level}.rows", $"layout.index.level{level}.links", $"layout.index.level{level}.entries");

    public const string ClusterPoints = "clusters.points";
    public const string ClusterCoreDistances = "clusters.core-distances";
    public const string ClusterScale = "clusters.scale";
    public const string ClusterMergeLeft = "clusters.merges.left";
    public const string ClusterMergeRight = "clusters.merges.right";
    public const string ClusterMergeDistances = "clusters.merges.distances";

    public const string RefinementSettings = "refinements.settings";
    public const string RefinementRows = "refinements.rows";
    public const string RefinementSources = "refinements.sources";
    public const string RefinementCoreDistances = "refinements.core-distances";
    public const string RefinementMergeLeft = "refinements.merges.left";
    public const string RefinementMergeRight = "refinements.merges.right";
    public const string RefinementMergeDistances = "refinements.merges.distances";

    public const string SelfTestTexts = "self-test.texts";
    public const string SelfTestEmbeddings = "self-test.embeddings";
    public const string SelfTestTopics = "self-test.topics";
    public const string SelfTestProbabilities = "self-test.probabilities";
}
