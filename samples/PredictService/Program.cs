// A web service that asks the topic server about every text posted to it.
//
//     dotnet run --project samples/PredictService -- --TopicGrpc:Address http://localhost:5400
//     curl -d '{"text":"the driver of my graphics card"}' -H 'Content-Type: application/json' http://localhost:5000/models/news/topic
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.PredictService;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Settings come from the section TopicGrpc; a wrong one stops the start. The client is one for all requests.
builder.Services.AddTopicGrpcClient();

WebApplication application = builder.Build();
application.MapPost("/models/{model}/topic", async (
    string model,
    TextToPredict body,
    TopicGrpcClient topics,
    HttpResponse response,
    CancellationToken aborted) =>
{
    try
    {
        // Pass the request's token: a caller that disconnects costs the server no inference.
        Prediction prediction = await topics.PredictAsync(model, body.Text, cancellationToken: aborted);
        return Results.Ok(new { prediction.TopicId, prediction.Name, prediction.Probability, prediction.Version });
    }
    catch (ModelNotFoundException missing)
    {
        return Results.Problem(missing.Message, statusCode: StatusCodes.Status404NotFound);
    }
    catch (InvalidRequestException wrong)
    {
        return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest);
    }
    catch (TopicGrpcException busy) when (busy.IsTransient)
    {
        // The client has retried already; whoever called us may come back later.
        response.Headers.RetryAfter = Math.Ceiling(
            (busy.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        return Results.Problem(busy.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
});
await application.RunAsync();
