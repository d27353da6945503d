from sdk import define_init, create_job, config

def custom_init():
  from transformers import AutoTokenizer, AutoModelForTokenClassification
  from transformers import pipeline

  tokenizer = AutoTokenizer.from_pretrained("dslim/bert-base-NER")
  model = AutoModelForTokenClassification.from_pretrained("dslim/bert-base-NER")
  nlp = pipeline("ner", model=model, tokenizer=tokenizer)

  config.model = model
  config.tokenizer = tokenizer
  config.runner = nlp

def custom_job(input):
  example = "My name is Wolfgang and I live in Berlin"

  return config.runner(example)

define_init(custom_init)
create_job(custom_job)
