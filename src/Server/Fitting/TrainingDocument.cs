using TopicGrpc.Server.Corpora;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>A training document of a version during a visit.</summary>
/// <param name="Row">Its row in the version.</param>
/// <param name="Document">The document, with its id in the version.</param>
/// <param name="Place">Where it is stored.</param>
internal readonly record struct TrainingDocument(int Row, Document Document, TrainingPlace Place);

/// <summary>Place of a training document.</summary>
/// <param name="Source">Index of its corpus among the corpora of the version.</param>
/// <param name="Place">Its place in the corpus.</param>
internal readonly record struct TrainingPlace(int Source, DocumentPlace Place);
