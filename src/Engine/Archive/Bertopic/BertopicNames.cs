namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Files and fields of a model saved by BERTopic with <c>serialization="safetensors"</c>. The names are defined by BERTopic.
/// </summary>
internal static class BertopicNames
{
    public const string Topics = "topics.json";
    public const string Config = "config.json";
    public const string Centroids = "topic_embeddings.safetensors";
    public const string Weights = "ctfidf.safetensors";
    public const string WeightsConfig = "ctfidf_config.json";

    public const string Representations = "topic_representations";
    public const string Labels = "topics";
    public const string Sizes = "topic_sizes";
    public const string Mapper = "topic_mapper";
    public const string TopicLabels = "topic_labels";
    public const string CustomLabels = "custom_labels";
    public const string Outliers = "_outliers";
    public const string Aspects = "topic_aspects";

    public const string CentroidTensor = "topic_embeddings";
    public const string RowStarts = "indptr";
    public const string Columns = "indices";
    public const string Values = "data";
    public const string Shape = "shape";
    public const string Factors = "diag";

    public const string CalculateProbabilities = "calculate_probabilities";
    public const string Language = "language";
    public const string English = "english";
    public const string LowMemory = "low_memory";
    public const string MinTopicSize = "min_topic_size";
    public const string NgramRange = "n_gram_range";
    public const string TopicCount = "nr_topics";
    public const string Auto = "auto";
    public const string SeedTopics = "seed_topic_list";
    public const string TopWords = "top_n_words";
    public const string Verbose = "verbose";
    public const string ZeroShotSimilarity = "zeroshot_min_similarity";
    public const string ZeroShotTopics = "zeroshot_topic_list";
    public const string EmbeddingModel = "embedding_model";

    public const string TransformerModel = "ctfidf_model";
    public const string Bm25 = "bm25_weighting";
    public const string ReduceFrequentWords = "reduce_frequent_words";
    public const string VectorizerModel = "vectorizer_model";
    public const string Parameters = "params";
    public const string Vocabulary = "vocab";

    public const string Lowercase = "lowercase";
    public const string MaxFrequency = "max_df";
    public const string MaxFeatures = "max_features";
    public const string MinFrequency = "min_df";
    public const string VectorizerNgrams = "ngram_range";
    public const string StopWords = "stop_words";
    public const string FixedVocabulary = "vocabulary";
}
