using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Answers the items of one prediction stream. A rejected item gets an error; the stream continues.</summary>
internal sealed class StreamAnswers(
    Predictor predictor,
    AnswerRecorder recorder,
    VersionLease lease,
    StreamPredictRequest.Types.Open open,
    PredictionMethod method)
{
    public async Task<StreamPredictResponse> AnswerAsync(
        long index,
        StreamPredictRequest.Types.Item item,
        CancellationToken cancellationToken)
    {
        try
        {
            TextRules.CheckTextOrEmbedding(item.Text, item.Embedding);
            Question question = new(item.Text, method, EmbeddingPriority.Paced)
            {
                Embedding = item.Embedding,
                AllTopics = open.Options?.IncludeProbabilities == true,
                AsNewText = open.Options?.AsNewText == true,
            };
            PredictionAnswer answer = await predictor.PredictAsync(lease.Handle, question, cancellationToken);
            var key = RoutingKey.Of(open.RoutingKey, [item.Text], item.Embedding);
            recorder.Record(lease, key, open.Options, answer);
            Prediction prediction = PredictionMapping.ToProto(answer, lease.Handle.Content, open.Options);
            return new StreamPredictResponse { Index = index, Prediction = prediction };
        }
        catch (ServiceException rejection)
        {
            return new StreamPredictResponse { Index = index, Error = StatusMapping.ToProto(rejection) };
        }
    }
}
